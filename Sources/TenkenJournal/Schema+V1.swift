extension Schema {
  /// The journal's first schema. It is a public contract (docs/journal.md tells what each column means) and frozen: a
  /// change is a further migration, never an edit here.
  ///
  /// That JSON is JSON cannot be a constraint: `trusted_schema = OFF` forbids SQLite's JSON functions in a schema.
  static let v1 = tablesV1 + appendOnly(keysV1)

  /// The tables, the view and the rules of attempts.
  static let tablesV1 = """
    CREATE TABLE manifest (
      single INTEGER PRIMARY KEY CHECK (single = 1),
      id TEXT NOT NULL CHECK (id <> ''),
      started_ms INTEGER NOT NULL,
      tool TEXT NOT NULL,
      inventory TEXT NOT NULL,
      inventory_origin TEXT NOT NULL,
      inventory_digest TEXT NOT NULL CHECK (length(inventory_digest) = 64),
      catalogue_origin TEXT NOT NULL,
      catalogue_digest TEXT NOT NULL CHECK (length(catalogue_digest) = 64),
      terminals INTEGER NOT NULL CHECK (terminals >= 0),
      scope TEXT NOT NULL CHECK (substr(scope, 1, 1) = '{' AND substr(scope, -1) = '}')
    ) STRICT;

    CREATE TABLE source (
      kind TEXT NOT NULL CHECK (kind IN ('inventory', 'catalogue')),
      path TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (kind, path)
    ) STRICT;

    CREATE TABLE site (
      ordinal INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      country TEXT NOT NULL
    ) STRICT;

    CREATE TABLE terminal (
      ordinal INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      site INTEGER NOT NULL REFERENCES site (ordinal),
      excluded_reason TEXT CHECK (excluded_reason <> '')
    ) STRICT;

    CREATE TABLE catalogue_check (
      ordinal INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      title TEXT NOT NULL,
      severity TEXT NOT NULL CHECK (severity IN ('info', 'low', 'medium', 'high', 'critical')),
      class TEXT NOT NULL CHECK (class IN ('integrity', 'hardening', 'inventory')),
      digest TEXT NOT NULL CHECK (length(digest) = 64)
    ) STRICT;

    CREATE TABLE run (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      started_ms INTEGER NOT NULL,
      process_id INTEGER NOT NULL,
      tool TEXT NOT NULL
    ) STRICT;

    CREATE TABLE run_end (
      run INTEGER PRIMARY KEY REFERENCES run (number),
      ended_ms INTEGER NOT NULL,
      ending TEXT NOT NULL CHECK (ending IN ('finished', 'drained', 'stopped', 'failed'))
    ) STRICT;

    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY,
      terminal INTEGER NOT NULL REFERENCES terminal (ordinal),
      number INTEGER NOT NULL CHECK (number > 0),
      run INTEGER NOT NULL REFERENCES run (number),
      outcome TEXT NOT NULL CHECK (outcome IN (
        'inspected', 'partial', 'unreachable', 'unsupported', 'host-key-unknown', 'host-key-mismatch', 'auth-failed',
        'timed-out', 'hostile')),
      reason TEXT NOT NULL,
      is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
      started_ms INTEGER NOT NULL,
      ended_ms INTEGER NOT NULL,
      host_key_type TEXT,
      host_key_fingerprint TEXT,
      host_key_standing TEXT CHECK (host_key_standing IN ('recorded', 'unknown', 'mismatch', 'revoked')),
      dialled TEXT,
      UNIQUE (terminal, number),
      CHECK ((host_key_type IS NULL) = (host_key_standing IS NULL)
        AND (host_key_fingerprint IS NULL) = (host_key_standing IS NULL))
    ) STRICT;

    CREATE TABLE blob (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      bytes BLOB NOT NULL CHECK (length(bytes) > 0)
    ) STRICT;

    CREATE TABLE observation (
      attempt INTEGER NOT NULL REFERENCES attempt (id),
      catalogue_check INTEGER NOT NULL REFERENCES catalogue_check (ordinal),
      position INTEGER NOT NULL CHECK (position >= 0),
      result TEXT NOT NULL CHECK (result IN (
        'pass', 'fail', 'error', 'unknown', 'not-applicable', 'not-checked', 'informational')),
      message TEXT NOT NULL,
      milliseconds INTEGER CHECK (milliseconds >= 0),
      stdout INTEGER REFERENCES blob (id),
      stderr INTEGER REFERENCES blob (id),
      PRIMARY KEY (attempt, catalogue_check)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE fact (
      attempt INTEGER NOT NULL,
      catalogue_check INTEGER NOT NULL,
      position INTEGER NOT NULL CHECK (position >= 0),
      name TEXT NOT NULL,
      cells TEXT NOT NULL CHECK (substr(cells, 1, 1) = '[' AND substr(cells, -1) = ']'),
      PRIMARY KEY (attempt, catalogue_check, position),
      FOREIGN KEY (attempt, catalogue_check) REFERENCES observation (attempt, catalogue_check)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW terminal_outcome AS
    SELECT
      terminal.ordinal AS ordinal,
      terminal.id AS id,
      terminal.site AS site,
      CASE
        WHEN terminal.excluded_reason IS NOT NULL THEN 'excluded'
        WHEN attempt.is_final = 1 THEN attempt.outcome
        ELSE 'pending'
      END AS outcome,
      coalesce(terminal.excluded_reason, attempt.reason, 'not contacted yet') AS reason,
      coalesce(attempt.number, 0) AS attempts,
      attempt.id AS attempt
    FROM terminal LEFT JOIN attempt ON attempt.terminal = terminal.ordinal
      AND attempt.number = (SELECT max(number) FROM attempt WHERE attempt.terminal = terminal.ordinal);

    CREATE TRIGGER attempt_of_excluded BEFORE INSERT ON attempt
    WHEN (SELECT excluded_reason FROM terminal WHERE ordinal = NEW.terminal) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an excluded terminal has no attempts'); END;

    CREATE TRIGGER attempt_in_order BEFORE INSERT ON attempt
    WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM attempt WHERE terminal = NEW.terminal), 0)
    BEGIN SELECT RAISE(ABORT, 'the attempts of a terminal are recorded in order, each once'); END;

    """

  /// Each table, and when a row of it is there already.
  private static let keysV1 = [
    ("manifest", "single = NEW.single"),
    ("source", "kind = NEW.kind AND path = NEW.path"),
    ("site", "ordinal = NEW.ordinal OR id = NEW.id"),
    ("terminal", "ordinal = NEW.ordinal OR id = NEW.id"),
    ("catalogue_check", "ordinal = NEW.ordinal OR id = NEW.id"),
    ("run", "number = NEW.number"),
    ("run_end", "run = NEW.run"),
    ("attempt", "id = NEW.id OR (terminal = NEW.terminal AND number = NEW.number)"),
    ("blob", "id = NEW.id"),
    ("observation", "attempt = NEW.attempt AND catalogue_check = NEW.catalogue_check"),
    ("fact", "attempt = NEW.attempt AND catalogue_check = NEW.catalogue_check AND position = NEW.position"),
  ]
}
