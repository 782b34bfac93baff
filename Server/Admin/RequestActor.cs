using KaiChat.Server.Access;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Web;

namespace KaiChat.Server.Admin;

/// <summary>Who makes a request.</summary>
internal static class RequestActor
{
    private static readonly object HolderItem = new();

    /// <summary>Whose key opened it; null if none did.</summary>
    public static KeyHolder? Holder(this HttpContext context) => context.Items[HolderItem] as KeyHolder;

    /// <summary>Notes whose key opened it.</summary>
    public static void SetHolder(this HttpContext context, KeyHolder holder) => context.Items[HolderItem] = holder;

    /// <summary>As the audit log has it.</summary>
    /// <exception cref="InvalidOperationException">No key opened it.</exception>
    public static Actor Actor(this HttpContext context)
    {
        var holder = context.Holder() ?? throw new InvalidOperationException("No key opened this request.");
        return new Actor(holder.Name, AddressNetwork.TextOf(context.Connection.RemoteIpAddress), Problems.TraceIdOf(context));
    }
}
