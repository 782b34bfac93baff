using KaiChat.Server.Admin;
using KaiChat.Server.Chat;
using KaiChat.Server.Diagnostics;
using KaiChat.Server.Hosting;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Storage;
using KaiChat.Server.Web;

return await ServerProcess.RunAsync(args, Build);

/// <summary>The server as a list of its parts.</summary>
internal static partial class Program
{
    /// <param name="args">The command line: settings as <c>--Section:Key=value</c>.</param>
    /// <param name="adjust">Lets tests replace what nature does not let them control: the clock, a failing disk.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = ServerConfiguration.CreateBuilder(args);
        AddParts(builder);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.CheckStart();
        app.UseWebFrontEnd();
        app.MapAdmin();
        app.MapDiagnostics();
        return app;
    }

    /// <summary>Makes the parts and their settings known. Nothing is opened or looked at yet.</summary>
    public static void AddParts(WebApplicationBuilder builder)
    {
        builder.AddHosting();
        builder.AddSqliteStorage();
        builder.AddChat();
        builder.AddKaiChatProtocol();
        builder.AddWebFrontEnd();
        builder.AddAdmin();
        builder.AddDiagnostics();
    }
}
