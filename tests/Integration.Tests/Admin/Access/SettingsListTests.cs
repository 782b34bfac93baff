using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary><c>GET /api/v1/settings</c></summary>
public sealed class SettingsListTests
{
    [Fact]
    public async Task Every_setting_is_shown_as_it_is_in_force_without_secrets()
    {
        const string Secret = "a very secret word indeed";
        await using var server = await ChatServer.StartAsync("Admin:Key=" + Secret, "Limits:MaxTextLength=100", "Retention:Rules:0:MaxMessages=7", "Kestrel:Certificates:Other:Password=" + Secret);
        using var admin = new Operator(server, Secret);
        var settings = (await admin.GetAsync<Page<Setting>>("/api/v1/settings")).Items.ToDictionary(setting => setting.Key);
        Assert.Equal(new Setting("Limits:MaxTextLength", "100", SettingSource.CommandLine, Restart: false, Secret: false), settings["Limits:MaxTextLength"]);
        Assert.Equal(new Setting("Limits:ResumeGrace", "00:02:00", SettingSource.Default, Restart: false, Secret: false), settings["Limits:ResumeGrace"]);
        Assert.Equal(new Setting("Retention:Every", "00:10:00", SettingSource.Default, Restart: true, Secret: false), settings["Retention:Every"]);
        Assert.Equal(new Setting("Retention:Rules:0:MaxMessages", "7", SettingSource.CommandLine, Restart: false, Secret: false), settings["Retention:Rules:0:MaxMessages"]);
        Assert.Equal(new Setting("Admin:Key", null, SettingSource.CommandLine, Restart: true, Secret: true), settings["Admin:Key"]);
        Assert.Equal((null, true), (settings["Kestrel:Certificates:Other:Password"].Value, settings["Kestrel:Certificates:Other:Password"].Secret));
        using var answer = await admin.SendAsync(HttpMethod.Get, "/api/v1/settings");
        Assert.DoesNotContain(Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_again_is_shown_once_it_is_in_force()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        ((IConfigurationBuilder)server.Services.GetRequiredService<IConfiguration>()).AddInMemoryCollection(
            new Dictionary<string, string?> { ["Limits:MaxTextLength"] = "10", ["KaiChat:MaxNotices"] = "5" });
        (await admin.SendAsync(HttpMethod.Post, "/api/v1/settings/reload")).Dispose();
        var settings = (await admin.GetAsync<Page<Setting>>("/api/v1/settings")).Items.ToDictionary(setting => setting.Key);
        Assert.Equal("10", settings["Limits:MaxTextLength"].Value);
        Assert.NotEqual("5", settings["KaiChat:MaxNotices"].Value);
    }
}
