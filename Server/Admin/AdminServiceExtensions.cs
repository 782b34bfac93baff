using KaiChat.Server.Hosting;

namespace KaiChat.Server.Admin;

/// <summary>The operators' REST API as one part of the server.</summary>
internal static class AdminServiceExtensions
{
    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<AdminOptions>(AdminOptions.Section);
        builder.Services.AddSingleton<AdminKey>();
    }

    public static void MapAdmin(this WebApplication app)
    {
    }
}
