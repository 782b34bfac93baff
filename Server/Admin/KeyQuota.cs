using KaiChat.Server.Access;
using KaiChat.Server.Web;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>How many requests a minute one key may make, so that a program that has gone wild does not take the server from everybody else.</summary>
internal static class KeyQuota
{
    public const string Name = "requests";

    /// <summary>Behind the authorisation, which knows whose key it is, and before the operations.</summary>
    public static void UseKeyQuota(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AdminOptions>>();
        var quota = new RequestQuota(Name, () => options.Value.RequestsPerMinute, app.Services.GetRequiredService<TimeProvider>());
        app.Use((context, next) =>
        {
            if (context.ScopeOf() is null || context.Holder() is not { } holder) return next(context);
            var state = quota.Take(holder.Name);
            state.Tell(context.Response);
            return state.IsExceeded ? RequestQuotaExtensions.RefuseAsync(context, state, $"Too many requests with your key {holder.Name}.") : next(context);
        });
    }
}
