using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The numbers that stand for a <see cref="Deleter"/> in the database.</summary>
internal static class DeleterColumn
{
    public static long From(Deleter deleter) => deleter switch
    {
        Deleter.Author => 0,
        Deleter.Moderator => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(deleter), deleter, "This deleter has no number in the database."),
    };

    public static Deleter To(long number) => number switch
    {
        0 => Deleter.Author,
        1 => Deleter.Moderator,
        _ => throw new InvalidDataException($"The database holds a message deleted by an unknown kind of user: {number}."),
    };
}
