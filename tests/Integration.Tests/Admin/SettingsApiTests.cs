using System.Net;
using System.Net.Http.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Settings that are read again while the server works.</summary>
public sealed class SettingsApiTests
{
    [Fact]
    public async Task Limits_and_rules_are_in_force_and_the_rest_waits()
    {
        await using var server = await ChatServer.StartAsync("Limits:MaxTextLength=100");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        Change(server, ("Limits:MaxTextLength", "10"), ("KaiChat:MaxNotices", "5"), ("Retention:Every", "00:20:00"), ("Retention:Rules:0:MaxMessages", "7"));
        var report = await ReloadAsync(server);
        Assert.Empty(report.Faults);
        Assert.Equal(["Limits:MaxTextLength", "Retention:Rules"], report.Applied.Order(StringComparer.Ordinal));
        Assert.Equal(["KaiChat:MaxNotices", "Retention:Every"], report.NeedsRestart.Order(StringComparer.Ordinal));
        Assert.Contains("text-too-long", (await Assert.ThrowsAsync<HubException>(() => anna.SendAsync("@room", new string('x', 11)))).Message, StringComparison.Ordinal);

        // What waits goes on waiting, and what is in force is no news.
        var again = await ReloadAsync(server);
        Assert.Empty(again.Applied);
        Assert.Equal(2, again.NeedsRestart.Count);
        Assert.Equal(2, server.Logs.Lines.Count(line => line.EventId == 5004));
    }

    [Fact]
    public async Task With_one_fault_nothing_changes()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        Change(server, ("Limits:MaxTextLength", "10"), ("Limits:MessageBrust", "1"), ("KaiChat:MaxNotices", "many"));
        var report = await ReloadAsync(server);
        Assert.Equal((0, 0, 2), (report.Applied.Count, report.NeedsRestart.Count, report.Faults.Count));
        Assert.Contains(report.Faults, fault => fault.StartsWith("Limits:MessageBrust is not a setting. Did you mean Limits:MessageBurst?", StringComparison.Ordinal));
        Assert.Contains(report.Faults, fault => fault.Contains("KaiChat:MaxNotices", StringComparison.Ordinal));
        await anna.SendAsync("@room", new string('x', 11));
        Assert.Contains(server.Logs.Lines, line => line.EventId == 5005);
    }

    [Fact]
    public async Task A_settings_file_that_is_broken_while_the_server_works_breaks_nothing()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("appsettings.json");
        await File.WriteAllTextAsync(file, "{}");
        await using var server = await ChatServer.StartAsync();
        var sources = (IConfigurationBuilder)server.Services.GetRequiredService<IConfiguration>();
        sources.AddJsonFile(file, optional: false, reloadOnChange: false);
        await File.WriteAllTextAsync(file, "{ \"Limits\": { \"MaxTextLength\": 10 ");
        Assert.Contains("The settings file cannot be read", Assert.Single((await ReloadAsync(server)).Faults), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "{ \"Logging\": { \"LogLevel\": { \"Default\": \"Loud\" } } }");
        Assert.Contains("Loud", Assert.Single((await ReloadAsync(server)).Faults), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "{ \"Limits\": { \"MaxTextLength\": 10 } }");
        var mended = await ReloadAsync(server);
        Assert.Empty(mended.Faults);
        Assert.Equal(["Limits:MaxTextLength"], mended.Applied);
    }

    private static async Task<SettingsReload> ReloadAsync(ChatServer server)
    {
        using var keeper = new Operator(server);
        using var answer = await keeper.SendAsync(HttpMethod.Post, "/api/v1/settings/reload");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<SettingsReload>())!;
    }

    /// <summary>As if the settings file had changed.</summary>
    private static void Change(ChatServer server, params (string Key, string Value)[] settings) =>
        ((IConfigurationBuilder)server.Services.GetRequiredService<IConfiguration>()).AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
}
