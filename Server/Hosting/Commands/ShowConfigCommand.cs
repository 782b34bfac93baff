using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>show-config</c></summary>
internal static class ShowConfigCommand
{
    private const string Description = """
        Show every setting with its value and where it comes from: default, appsettings.json, environment or command line. Keys and passwords are not shown.

        Exit codes: 0 done, 2 wrong command line, 3 a setting is wrong.
        """;

    private static readonly JsonSerializerOptions Written = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON: a list of objects with key, value and source." };

    public static Command Create(CommandHost host)
    {
        var command = new Command("show-config", Description) { Json };
        command.SetWork(async (parsed, _) =>
        {
            var settings = SettingsList.Read(host.Settings);
            if (parsed.GetValue(Json))
            {
                await host.Output.WriteLineAsync(JsonSerializer.Serialize(settings, Written));
                return;
            }
            var (keys, values) = (settings.Max(setting => setting.Key.Length), Math.Min(40, settings.Max(setting => Text(setting).Length)));
            foreach (var setting in settings) await host.Output.WriteLineAsync($"{setting.Key.PadRight(keys)}  {Text(setting).PadRight(values)}  {setting.Source}");
        });
        return command;
    }

    private static string Text(ShownSetting setting) => setting.Value ?? "–";
}
