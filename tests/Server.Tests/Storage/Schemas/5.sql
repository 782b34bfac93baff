-- The database of schema 5, with data, as its release left it. Frozen: never change it.
PRAGMA auto_vacuum = 2;
PRAGMA user_version = 5;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
, removed_through INTEGER NOT NULL DEFAULT 0, rev INTEGER NOT NULL DEFAULT 0);

CREATE UNIQUE INDEX conversations_open ON conversations (name_key) WHERE closed_at IS NULL;

CREATE TABLE probe (filler BLOB NOT NULL);

CREATE TABLE "messages" (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    author TEXT NOT NULL,
    author_session INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    client_message_id TEXT, reply_to INTEGER, reply_name TEXT, edited_at INTEGER, deleted_at INTEGER, rev INTEGER NOT NULL DEFAULT 0, deleted_by INTEGER NOT NULL DEFAULT 0,
    UNIQUE (conversation, seq)
);

CREATE UNIQUE INDEX messages_client_message_id ON messages (author_session, client_message_id)
    WHERE client_message_id IS NOT NULL;

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    present INTEGER NOT NULL,
    signed_out INTEGER NOT NULL
);

CREATE TABLE read_markers (
    session INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (session, conversation)
) WITHOUT ROWID;

CREATE TABLE unindexed (id INTEGER PRIMARY KEY, rev INTEGER NOT NULL DEFAULT 0);

CREATE TABLE log (name TEXT NOT NULL, removed_id INTEGER NOT NULL);

CREATE INDEX messages_changed ON messages (conversation, rev) WHERE rev > 0;

CREATE TABLE message_versions (
    message INTEGER NOT NULL REFERENCES messages (id),
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, version)
);

CREATE TABLE reactions (
    message INTEGER NOT NULL REFERENCES messages (id),
    emoji TEXT NOT NULL,
    session INTEGER NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, session)
) WITHOUT ROWID;

INSERT INTO conversations VALUES (1, '@Old', '@old', 17723664000000000, 17723668000000000, 0, 0);
INSERT INTO conversations VALUES (2, '@General', '@general', 17723670001234567, NULL, 0, 3);
INSERT INTO messages VALUES (1, 1, 1, 'ada', 81985529216486895, 1, 17723664500000000, 'before it closed', 'd7f1', NULL, NULL, NULL, NULL, 0, 0);
INSERT INTO messages VALUES (2, 2, 1, 'Ada', 81985529216486895, 1, 17723671000000001, 'Grüße 👋', 'd7f2', NULL, NULL, 17723671500000000, NULL, 2, 0);
INSERT INTO messages VALUES (3, 2, 2, 'bob', 9223372036854775807, 2, 17723672000000000, 'hi', NULL, 1, 'Ada', NULL, NULL, 3, 0);
INSERT INTO message_versions VALUES (2, 1, 'Grüße', 17723671000000001);
INSERT INTO message_versions VALUES (2, 2, 'Grüße 👋', 17723671500000000);
INSERT INTO reactions VALUES (3, '👍', 81985529216486895, 'Ada', 17723673000000000);
INSERT INTO unindexed VALUES (2, 2);
INSERT INTO log VALUES ('00112233445566778899aabbccddeeff', 0);
INSERT INTO sessions VALUES (81985529216486895, 'Ada', 99999999999999999, 1, 0);
INSERT INTO read_markers VALUES (81985529216486895, 2, 1);

CREATE TABLE sanctions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    name TEXT,
    name_key TEXT,
    network TEXT,
    channel TEXT,
    channel_key TEXT,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    until INTEGER
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    before TEXT,
    after TEXT,
    address TEXT,
    request TEXT
);

CREATE INDEX audit_actor ON audit (actor);
CREATE INDEX audit_action ON audit (action);
CREATE INDEX audit_target ON audit (target);

CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log is only ever added to');
END;

CREATE TRIGGER audit_never_removed BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log is only ever added to');
END;

CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    hash BLOB NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER
);

CREATE TABLE channel_settings (
    name_key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    topic TEXT NOT NULL,
    read_only INTEGER NOT NULL,
    native TEXT,
    retention_days INTEGER,
    kept INTEGER NOT NULL,
    rev INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

INSERT INTO sanctions (id, kind, name, name_key, network, channel, channel_key, reason, made_by, made_at, until) VALUES
    (1, 1, 'Troll', 'troll', '192.0.2.0/24', NULL, NULL, 'spam', 'ops', 17778528000000000, NULL),
    (2, 2, 'Loud', 'loud', NULL, '@General', '@general', 'shouting', 'ops as ada', 17778528000000000, 17778888000000000);
INSERT INTO audit (id, at, actor, action, target, before, after, address, request) VALUES
    (1, 17778528000000000, 'ops', 'ban.create', 'Troll', NULL, '{"reason":"spam"}', '127.0.0.1', '00-1');
INSERT INTO api_keys (id, name, hash, scopes, made_at, made_by, expires_at, last_used_at, revoked_at) VALUES
    (1, 'backup', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'backups:write', 17778528000000000, 'ops', NULL, NULL, NULL);
INSERT INTO channel_settings (name_key, name, topic, read_only, native, retention_days, kept, rev) VALUES
    ('@general', '@General', 'All and everything', 0, NULL, NULL, 1, 1);
INSERT INTO settings (name, value) VALUES ('raid-level', '{"level":0}');
