using KaiChat.Server.Hosting;

namespace KaiChat.Server.Access;

/// <summary>Operators' keys and the record of what was done with them, as one part of the server.</summary>
internal static class AccessServiceExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<AdminOptions>(AdminOptions.Section);
        var services = builder.Services;
        services.AddSingleton<AdminKey>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<WrongKeys>();
        services.AddSingleton<AuditTrail>();
    }
}
