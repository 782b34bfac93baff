using System.Runtime.CompilerServices;
using KaiChat.Server.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.TestKit;

/// <summary>
/// The hub of a server in a test, made ready when the first page connects. SignalR compiles a call of each of the hub's methods, which is most of a start's time, and most
/// tests' servers never see a page.
/// </summary>
internal sealed class LateHub : HubConnectionHandler<ChatHub>
{
    private Lazy<HubConnectionHandler<ChatHub>> _hub = null!;

    /// <summary>Never called: the framework's constructor is what is to be put off.</summary>
    private LateHub()
        : base(null!, null!, null!, null!, null!, null!, null!)
    {
    }

    public static void Replace(IServiceCollection services) => services.AddSingleton<HubConnectionHandler<ChatHub>>(provider =>
    {
        var late = (LateHub)RuntimeHelpers.GetUninitializedObject(typeof(LateHub));
        late._hub = new(() => ActivatorUtilities.CreateInstance<HubConnectionHandler<ChatHub>>(provider));
        return late;
    });

    public override Task OnConnectedAsync(ConnectionContext connection) => _hub.Value.OnConnectedAsync(connection);
}
