extension Schema {
  /// What the third version adds: amendments, by which a sweep goes on with another inventory or other checks than it
  /// began with, packed output, and which limits paused or were gone beyond. Frozen, as those before.
  static let v3 = tablesV3 + appendOnly(keysV3)

  static let tablesV3 = """
    ALTER TABLE blob ADD COLUMN unpacked_size INTEGER CHECK (unpacked_size > length(bytes));

    CREATE TABLE amendment (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      run INTEGER NOT NULL REFERENCES run (number),
      at_ms INTEGER NOT NULL,
      inventory TEXT NOT NULL,
      inventory_origin TEXT NOT NULL,
      inventory_digest TEXT NOT NULL CHECK (length(inventory_digest) = 64),
      catalogue_origin TEXT NOT NULL,
      catalogue_digest TEXT NOT NULL CHECK (length(catalogue_digest) = 64),
      terminals INTEGER NOT NULL CHECK (terminals >= 0)
    ) STRICT;

    CREATE TABLE amended_source (
      amendment INTEGER NOT NULL REFERENCES amendment (number),
      kind TEXT NOT NULL CHECK (kind IN ('inventory', 'catalogue')),
      path TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (amendment, kind, path)
    ) STRICT;

    CREATE TABLE amended_terminal (
      terminal INTEGER NOT NULL REFERENCES terminal (ordinal),
      amendment INTEGER NOT NULL REFERENCES amendment (number),
      change TEXT NOT NULL CHECK (change IN ('added', 'removed', 'changed')),
      site INTEGER NOT NULL REFERENCES site (ordinal),
      excluded_reason TEXT CHECK (excluded_reason <> ''),
      PRIMARY KEY (terminal, amendment)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE amended_check (
      catalogue_check INTEGER NOT NULL REFERENCES catalogue_check (ordinal),
      amendment INTEGER NOT NULL REFERENCES amendment (number),
      change TEXT NOT NULL CHECK (change IN ('added', 'removed', 'changed')),
      version INTEGER NOT NULL,
      title TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('info', 'low', 'medium', 'high', 'critical')),
      class TEXT NOT NULL CHECK (class IN ('integrity', 'hardening', 'inventory')),
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      PRIMARY KEY (catalogue_check, amendment)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_override (
      run INTEGER NOT NULL REFERENCES run (number),
      outcome TEXT NOT NULL CHECK (outcome IN ('unreachable', 'auth-failed', 'host-key-mismatch', 'hostile')),
      site INTEGER REFERENCES site (ordinal)
    ) STRICT;

    ALTER TABLE site_condition ADD COLUMN pause TEXT CHECK (
      pause IS NULL OR pause IN ('site', 'sweep') AND standing = 'given-up' AND gateway IS NULL);

    DROP TRIGGER attempt_of_excluded;
    DROP VIEW terminal_outcome;

    CREATE VIEW listed_terminal AS
    SELECT
      terminal.ordinal AS ordinal,
      terminal.id AS id,
      coalesce(amended.site, terminal.site) AS site,
      CASE WHEN amended.terminal IS NULL THEN terminal.excluded_reason ELSE amended.excluded_reason END
        AS excluded_reason
    FROM terminal LEFT JOIN amended_terminal AS amended ON amended.terminal = terminal.ordinal
      AND amended.amendment = (
        SELECT max(latest.amendment) FROM amended_terminal AS latest WHERE latest.terminal = terminal.ordinal);

    CREATE VIEW terminal_outcome AS
    SELECT
      listed_terminal.ordinal AS ordinal,
      listed_terminal.id AS id,
      listed_terminal.site AS site,
      CASE
        WHEN listed_terminal.excluded_reason IS NOT NULL THEN 'excluded'
        WHEN attempt.is_final = 1 THEN attempt.outcome
        ELSE 'pending'
      END AS outcome,
      coalesce(listed_terminal.excluded_reason, attempt.reason, 'not contacted yet') AS reason,
      coalesce(attempt.number, 0) AS attempts,
      attempt.id AS attempt
    FROM listed_terminal LEFT JOIN attempt ON attempt.terminal = listed_terminal.ordinal
      AND attempt.number = (SELECT max(number) FROM attempt WHERE attempt.terminal = listed_terminal.ordinal);

    CREATE TRIGGER attempt_of_excluded BEFORE INSERT ON attempt
    WHEN (SELECT excluded_reason FROM listed_terminal WHERE ordinal = NEW.terminal) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an excluded terminal has no attempts'); END;

    """

  private static let keysV3 = [
    ("amendment", "number = NEW.number"),
    ("amended_source", "amendment = NEW.amendment AND kind = NEW.kind AND path = NEW.path"),
    ("amended_terminal", "terminal = NEW.terminal AND amendment = NEW.amendment"),
    ("amended_check", "catalogue_check = NEW.catalogue_check AND amendment = NEW.amendment"),
    ("run_override", "run = NEW.run AND outcome = NEW.outcome AND site IS NEW.site"),
  ]
}
