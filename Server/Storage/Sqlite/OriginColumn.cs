using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>The numbers that stand for an <see cref="Origin"/> in the database. They outlive the enumeration's own order: never reuse one.</summary>
internal static class OriginColumn
{
    public static long From(Origin origin) => origin switch
    {
        Origin.Web => 1,
        Origin.Native => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "This origin has no number in the database."),
    };

    public static Origin To(long number) => number switch
    {
        1 => Origin.Web,
        2 => Origin.Native,
        _ => throw new InvalidDataException($"The database holds a message of unknown origin {number}."),
    };
}
