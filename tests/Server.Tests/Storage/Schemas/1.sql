-- The database of schema 1, with data, as its release left it. Frozen: never change it.
PRAGMA user_version = 1;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
);
CREATE UNIQUE INDEX conversations_open ON conversations (name_key) WHERE closed_at IS NULL;

CREATE TABLE messages (
    conversation INTEGER NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    author TEXT NOT NULL,
    author_session INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    client_message_id TEXT,
    PRIMARY KEY (conversation, seq)
);
CREATE UNIQUE INDEX messages_client_message_id ON messages (author_session, client_message_id)
    WHERE client_message_id IS NOT NULL;

CREATE TABLE probe (filler BLOB NOT NULL);

INSERT INTO conversations VALUES (1, '@Old', '@old', 17723664000000000, 17723668000000000);
INSERT INTO conversations VALUES (2, '@General', '@general', 17723670001234567, NULL);
INSERT INTO messages VALUES (1, 1, 'ada', 81985529216486895, 1, 17723664500000000, 'before it closed', 'd7f1');
INSERT INTO messages VALUES (2, 1, 'Ada', 81985529216486895, 1, 17723671000000001, 'Grüße 👋', 'd7f2');
INSERT INTO messages VALUES (2, 2, 'bob', 9223372036854775807, 2, 17723672000000000, 'hi', NULL);
