extension Schema {
  /// What the second version adds: the host key itself where it is not the one on record, the conditions of sites, and
  /// a run that ends because all that is left waits for something outside. Frozen, as the first.
  static let v2 = tablesV2 + appendOnly(keysV2)

  static let tablesV2 = """
    ALTER TABLE attempt ADD COLUMN host_key_blob BLOB CHECK (host_key_blob IS NULL OR host_key_type IS NOT NULL);

    CREATE TABLE site_condition (
      id INTEGER PRIMARY KEY,
      site INTEGER NOT NULL REFERENCES site (ordinal),
      run INTEGER NOT NULL REFERENCES run (number),
      at_ms INTEGER NOT NULL,
      standing TEXT NOT NULL CHECK (standing IN ('held', 'released', 'given-up')),
      gateway TEXT CHECK (gateway <> ''),
      outcome TEXT CHECK (outcome IN (
        'inspected', 'partial', 'unreachable', 'unsupported', 'host-key-unknown', 'host-key-mismatch', 'auth-failed',
        'timed-out', 'hostile')),
      reason TEXT NOT NULL,
      host_key_type TEXT,
      host_key_fingerprint TEXT,
      host_key_standing TEXT CHECK (host_key_standing IN ('recorded', 'unknown', 'mismatch', 'revoked')),
      host_key_blob BLOB CHECK (host_key_blob IS NULL OR host_key_type IS NOT NULL),
      CHECK ((standing = 'released') = (outcome IS NULL)),
      CHECK ((host_key_type IS NULL) = (host_key_standing IS NULL)
        AND (host_key_fingerprint IS NULL) = (host_key_standing IS NULL))
    ) STRICT;

    CREATE TABLE run_end_v1 AS SELECT * FROM run_end;
    DROP TABLE run_end;
    CREATE TABLE run_end (
      run INTEGER PRIMARY KEY REFERENCES run (number),
      ended_ms INTEGER NOT NULL,
      ending TEXT NOT NULL CHECK (ending IN ('finished', 'drained', 'waiting', 'stopped', 'failed'))
    ) STRICT;
    INSERT INTO run_end SELECT * FROM run_end_v1;
    DROP TABLE run_end_v1;

    """

  private static let keysV2 = [
    ("site_condition", "id = NEW.id"),
    ("run_end", "run = NEW.run"),
  ]
}
