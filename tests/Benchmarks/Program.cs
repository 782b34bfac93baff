using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using KaiChat.Benchmarks.Storage;

// `log [directory]` loads the message log and prints figures; anything else goes to BenchmarkDotNet, like `--filter *Codec*`.
if (args is ["log", ..])
{
    await LogLoad.RunAsync(args.ElementAtOrDefault(1) ?? Path.GetTempPath());
    return;
}

// In this process: the projects BenchmarkDotNet would generate inherit this repository's build settings and do not compile under them.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(LogLoad).Assembly).Run(args, config);
