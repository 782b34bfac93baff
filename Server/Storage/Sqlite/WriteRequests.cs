using KaiChat.Server.Chat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Storage.Sqlite;

internal sealed class AppendRequest(MessageDraft draft) : WriteRequest<AppendResult>
{
    /// <summary>Whether it made a message, rather than finding the one it repeats or being refused.</summary>
    public bool Appended => Result is { Message: not null, Repeated: false };

    protected override AppendResult Write(LogTables tables) => tables.Append(draft);
}

internal sealed class ChangeRequest(MessageChange change) : WriteRequest<ChangeResult>
{
    protected override ChangeResult Write(LogTables tables) => tables.Change(change);
}

internal sealed class OpenRequest(ChannelName name, DateTimeOffset now) : WriteRequest<LoggedConversation>
{
    protected override LoggedConversation Write(LogTables tables) => tables.Open(name, now);
}

internal sealed class CloseRequest(ConversationId conversation, DateTimeOffset now) : WriteRequest<bool>
{
    protected override bool Write(LogTables tables) => tables.Close(conversation, now);
}

/// <summary>Asks whether there is room again.</summary>
internal sealed class ProbeRequest : WriteRequest<bool>
{
    protected override bool Write(LogTables tables)
    {
        tables.Probe();
        return true;
    }
}

internal sealed class RemoveRequest(ConversationId conversation, long throughSeq, int limit) : WriteRequest<int>
{
    protected override int Write(LogTables tables) => tables.Removal.Remove(conversation, throughSeq, limit);
}

/// <summary>A write without an answer, other than that it is done.</summary>
internal sealed class DoRequest(Action<LogTables> write) : WriteRequest<bool>
{
    protected override bool Write(LogTables tables)
    {
        write(tables);
        return true;
    }
}

internal sealed class ReturnSpaceRequest : WriteRequest<bool>
{
    protected override bool Write(LogTables tables) => tables.Removal.ReturnSpace();
}
