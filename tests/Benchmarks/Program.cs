using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using KaiChat.Benchmarks.Admin;
using KaiChat.Benchmarks.Page;
using KaiChat.Benchmarks.Storage;

// `log [directory]` loads the message log and prints figures, `post [rate]` a whole server, `history
// [directory [messages]]` asks a server with a long history, `scroll [messages [trace]]` scrolls through one in a browser, `wrong-keys
// [rate]` floods the admin API; anything else goes to BenchmarkDotNet, like `--filter *Codec*`.
if (args is ["log", ..])
{
    await LogLoad.RunAsync(args.ElementAtOrDefault(1) ?? Path.GetTempPath());
    return;
}

if (args is ["post", ..])
{
    await PostLoad.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000);
    return;
}

if (args is ["history", ..])
{
    await HistoryLoad.RunAsync(args.ElementAtOrDefault(1) ?? Path.GetTempPath(), args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

if (args is ["scroll", ..])
{
    await ScrollLoad.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000, args.ElementAtOrDefault(2));
    return;
}

if (args is ["wrong-keys", ..])
{
    await WrongKeysLoad.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
    return;
}

// In this process: the projects BenchmarkDotNet would generate inherit this repository's build settings and do not compile under them.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(LogLoad).Assembly).Run(args, config);
