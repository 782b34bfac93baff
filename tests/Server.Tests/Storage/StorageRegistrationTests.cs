using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Tests.Storage;

public sealed class StorageRegistrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Opens_one_log_where_the_configuration_says_and_closes_it_with_the_host()
    {
        await using (var services = Build(("Storage:Directory", _directory.Path)))
        {
            var log = services.GetRequiredService<IMessageLog>();
            Assert.Same(log, services.GetRequiredService<IMessageLog>());
            await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        }

        await using var again = TestStorage.Open(_directory.Path);
        Assert.Single(await again.ReadOpenConversationsAsync(default));
    }

    [Theory]
    [InlineData("Storage:Directory", " ")]
    [InlineData("Storage:AppendQueue", "0")]
    [InlineData("Storage:AppendQueue", "1048577")]
    [InlineData("Storage:MaxMegabytes", "-1")]
    [InlineData("Storage:MaxMegabytes", "4194305")]
    public async Task Refuses_wrong_options_by_their_full_key(string key, string value)
    {
        await using var services = Build((key, value));

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.StartsWith(key, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stops_the_log_reaches_the_host_as_it_is()
    {
        await File.WriteAllTextAsync(_directory.File("file"), "");
        await using var services = Build(("Storage:Directory", _directory.File("file")));

        Assert.Throws<StorageStartException>(() => services.GetRequiredService<IMessageLog>());
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Services.AddLogging();
        builder.AddSqliteStorage();
        return builder.Services.BuildServiceProvider();
    }
}
