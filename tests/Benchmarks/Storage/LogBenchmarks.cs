using BenchmarkDotNet.Attributes;
using KaiChat.Server.Storage;

namespace KaiChat.Benchmarks.Storage;

/// <summary>Single operations of the log: time and memory. For rates under load: <see cref="LogLoad"/>.</summary>
[MemoryDiagnoser]
public class LogBenchmarks
{
    private const int Together = 512;
    private LogUnderLoad _load = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _load = await LogUnderLoad.OpenAsync(Path.GetTempPath());
        for (var i = 0; i < 100; i++) await Append_512_togetherAsync();
    }

    [GlobalCleanup]
    public async Task CloseAsync() => await _load.DisposeAsync();

    [Benchmark]
    public async Task<object> Append_one_aloneAsync() => (await _load.AppendAsync()).Message;

    [Benchmark(OperationsPerInvoke = Together)]
    public async Task Append_512_togetherAsync()
    {
        var appends = new Task<AppendResult>[Together];
        for (var i = 0; i < Together; i++) appends[i] = _load.AppendAsync();
        await Task.WhenAll(appends);
    }

    [Benchmark]
    public async Task<object> Read_the_latest_50Async() => await _load.Log.ReadBeforeAsync(_load.Conversation(7), long.MaxValue, 50, default);

    [Benchmark]
    public async Task<object> Read_all_open_conversationsAsync() => await _load.Log.ReadOpenConversationsAsync(default);
}
