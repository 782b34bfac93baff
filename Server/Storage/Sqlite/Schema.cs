namespace KaiChat.Server.Storage.Sqlite;

/// <summary>
/// The database's schema as a list of migrations, each run once and in order; the number of those that ran is the database's <c>user_version</c>.
/// Append to the list, never change what a release has run.
/// </summary>
internal static class Schema
{
    /// <summary>
    /// Conversations and messages. Times count 100 ns from 1970-01-01 UTC: exact, and <c>datetime(sent_at / 10000000, 'unixepoch')</c> in a shell.
    /// <c>name_key</c> is the name in lower case. <c>origin</c>: see <see cref="OriginColumn"/>. <c>messages</c> keeps SQLite's hidden row
    /// number: clustered by its primary key (WITHOUT ROWID) it took a quarter to two thirds fewer rows a second, and twice the space for texts of
    /// 1,500 bytes. <c>probe</c> is empty but for the moment that asks whether the disk has room again.
    /// </summary>
    private const string Messages =
        """
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
        """;

    /// <summary>
    /// Messages get an <c>id</c> that rises over all conversations and is never used twice, for the search index to name them by; SQLite may renumber the hidden
    /// row numbers of before. <c>conversations.removed_through</c> is the highest seq that retention has removed. <c>sessions</c> are the browsers' sessions whose
    /// tokens may still be valid: <c>present</c> ones hold their names, <c>signed_out</c> ones never come back. <c>unindexed</c> holds the ids of removed
    /// messages until the search index has removed them, too. <c>log</c> has one row: the log's own random name, by which an index knows that it belongs
    /// to it, and the highest id among removed messages.
    /// </summary>
    private const string Lives =
        """
        CREATE TABLE messages_with_id (
            id INTEGER PRIMARY KEY,
            conversation INTEGER NOT NULL REFERENCES conversations (id),
            seq INTEGER NOT NULL,
            author TEXT NOT NULL,
            author_session INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            sent_at INTEGER NOT NULL,
            text TEXT NOT NULL,
            client_message_id TEXT,
            UNIQUE (conversation, seq)
        );
        INSERT INTO messages_with_id
            SELECT rowid, conversation, seq, author, author_session, origin, sent_at, text, client_message_id FROM messages ORDER BY rowid;
        DROP TABLE messages;
        ALTER TABLE messages_with_id RENAME TO messages;
        CREATE UNIQUE INDEX messages_client_message_id ON messages (author_session, client_message_id)
            WHERE client_message_id IS NOT NULL;

        ALTER TABLE conversations ADD COLUMN removed_through INTEGER NOT NULL DEFAULT 0;

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

        CREATE TABLE unindexed (id INTEGER PRIMARY KEY);

        CREATE TABLE log (name TEXT NOT NULL, removed_id INTEGER NOT NULL);
        INSERT INTO log VALUES (lower(hex(randomblob(16))), 0);
        """;

    /// <summary>
    /// Messages can change. <c>rev</c> is the conversation's revision at which a message last changed, 0 if it never did, and that of <c>conversations</c> the highest it
    /// ever gave. <c>reply_name</c> is the name of the author of the message <c>reply_to</c>, which outlives it. <c>message_versions</c> holds the texts of edited messages,
    /// the present one too; <c>reactions</c> one row for each user and emoji. <c>unindexed</c> now holds messages that changed, too; its <c>rev</c> tells a later change from the one that
    /// the index has just followed (0: removed).
    /// </summary>
    private const string Changes =
        """
        ALTER TABLE conversations ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN reply_to INTEGER;
        ALTER TABLE messages ADD COLUMN reply_name TEXT;
        ALTER TABLE messages ADD COLUMN edited_at INTEGER;
        ALTER TABLE messages ADD COLUMN deleted_at INTEGER;
        ALTER TABLE messages ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
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

        ALTER TABLE unindexed ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
        """;

    /// <summary>
    /// Keeping order. <c>sanctions</c> are bans (kind 1) and mutes (2); <c>name_key</c> is the username in lower case, <c>channel_key</c> the channel's name so, null for the whole
    /// server, and lifted ones go. <c>audit</c> is only ever added to, and triggers see to it. <c>api_keys</c> hold SHA-256 of each key, and its scopes by spaces; a revoked one stays, so that no name is given twice. <c>channel_settings</c> belong to a
    /// channel's name, whichever life it is in; <c>kept</c> ones stay open without members, <c>native</c> is a JSON object or null, <c>retention_days</c> null for the
    /// server's rules. <c>settings</c> are values that operators change while the server runs, as JSON: the raid level.
    /// </summary>
    private const string Order =
        """
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
        """;

    /// <summary>
    /// Who deleted a message: <c>deleted_by</c> is 0 for its author, 1 for an operator, which for messages deleted before is read from the audit log.
    /// </summary>
    private const string Deleters =
        """
        ALTER TABLE messages ADD COLUMN deleted_by INTEGER NOT NULL DEFAULT 0;
        UPDATE messages SET deleted_by = 1 WHERE rev > 0 AND deleted_at IS NOT NULL
            AND conversation || '-' || seq IN (SELECT json_extract(before, '$.id') FROM audit WHERE action = 'message.delete' AND json_valid(before));
        """;

    /// <summary>All migrations; the first makes version 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [Messages, Lives, Changes, Order, Deleters];
}
