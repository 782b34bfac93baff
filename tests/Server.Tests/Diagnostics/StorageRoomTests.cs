using KaiChat.Server.Diagnostics.History;
using KaiChat.Server.Storage;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Diagnostics;

/// <summary>What is left of the disk, or of what the server may have of it.</summary>
public sealed class StorageRoomTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public void Without_a_limit_it_is_the_disks()
    {
        using var directory = new TemporaryDirectory();
        var (free, capacity) = StorageRoom.Measure(new StorageOptions { Directory = directory.Path }, database: 5)!.Value;
        Assert.InRange(free, 1, capacity);
        Assert.InRange(capacity, Megabyte, long.MaxValue);
    }

    [Fact]
    public void A_limit_counts_if_it_leaves_less_and_never_below_nothing()
    {
        using var directory = new TemporaryDirectory();
        var options = new StorageOptions { Directory = directory.Path, MaxMegabytes = 2 };
        Assert.Equal((Megabyte / 2, 2 * Megabyte), StorageRoom.Measure(options, database: Megabyte * 3 / 2));
        Assert.Equal((0, 2 * Megabyte), StorageRoom.Measure(options, database: 3 * Megabyte));
        var disk = StorageRoom.Measure(new StorageOptions { Directory = directory.Path }, database: 0)!.Value;
        options.MaxMegabytes = 1 << 22;
        Assert.Equal(disk.Capacity, StorageRoom.Measure(options, database: 0)!.Value.Capacity);
    }
}
