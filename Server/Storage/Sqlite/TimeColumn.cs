namespace KaiChat.Server.Storage.Sqlite;

/// <summary>A time in the database: units of 100 ns from 1970-01-01 UTC, which is exactly what <see cref="DateTimeOffset"/> holds.</summary>
internal static class TimeColumn
{
    public static long From(DateTimeOffset time) => time.UtcTicks - DateTime.UnixEpoch.Ticks;

    public static DateTimeOffset To(long column) => new(column + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);
}
