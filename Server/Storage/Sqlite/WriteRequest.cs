namespace KaiChat.Server.Storage.Sqlite;

/// <summary>A write on its way to the disk: applied in a transaction with others, answered when that is committed.</summary>
internal abstract class WriteRequest
{
    /// <summary>Writes it, inside the transaction, and keeps the answer. What it throws fails the whole batch.</summary>
    public abstract void Apply(LogTables tables);

    /// <summary>The transaction is on the disk: gives the answer.</summary>
    public abstract void Complete();

    /// <summary>Nothing of it is in the log.</summary>
    public abstract void Fail(LogUnavailableException error);
}

/// <summary>A write with an answer.</summary>
internal abstract class WriteRequest<T> : WriteRequest
{
    // Who awaits it runs elsewhere: the writer's thread goes on with the next batch.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _refusal;

    /// <summary>The answer; after the commit, not before.</summary>
    public Task<T> Answer => _answer.Task;

    /// <summary>What was written; the default value if it was refused.</summary>
    protected T? Result { get; private set; }

    public sealed override void Apply(LogTables tables)
    {
        try
        {
            Result = Write(tables);
        }
        catch (Exception refusal) when (refusal is ConversationClosedException or MessageMissingException)
        {
            _refusal = refusal;      // this one's own matter: nothing of it was written, the batch goes on
        }
    }

    public sealed override void Complete()
    {
        if (_refusal is null) _answer.SetResult(Result!);
        else Refuse(_refusal);
    }

    public sealed override void Fail(LogUnavailableException error) => Refuse(error);

    protected abstract T Write(LogTables tables);

    private void Refuse(Exception error)
    {
        _answer.SetException(error);
        // Whoever cancelled the wait is gone and cannot look at it any more.
        _ = _answer.Task.Exception;
    }
}
