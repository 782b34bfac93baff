using System.Globalization;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>
/// So many requests a minute from one caller, in a window that begins with its first one. Told in the fields <c>RateLimit-Policy</c> and <c>RateLimit</c>
/// (draft-ietf-httpapi-ratelimit-headers). For any thread.
/// </summary>
/// <param name="name">What is limited, in a word.</param>
/// <param name="perMinute">How many there may be; asked each time, so that a change is in force at once.</param>
/// <param name="mostCallers">Callers that are counted at a time. Beyond it, with nobody's window over, all are counted anew: memory is bounded, a flood from so many addresses is not told apart.</param>
internal sealed class RequestQuota(string name, Func<int> perMinute, TimeProvider clock, int mostCallers = 65_536)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long Since, int Count)> _callers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Counts one more request.</summary>
    public QuotaState Take(string caller)
    {
        var limit = perMinute();
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            if (!_callers.TryGetValue(caller, out var counted) || clock.GetElapsedTime(counted.Since, now) >= Window)
            {
                if (_callers.Count >= mostCallers) Forget(now);
                counted = (now, 0);
            }
            // No further than one beyond: a day of refused requests overflows nothing.
            counted.Count = Math.Min(counted.Count, limit) + 1;
            _callers[caller] = counted;
            return new QuotaState(name, limit, Math.Max(0, limit - counted.Count), Window - clock.GetElapsedTime(counted.Since, now), counted.Count > limit);
        }
    }

    private void Forget(long now)
    {
        foreach (var (caller, counted) in _callers)
        {
            if (clock.GetElapsedTime(counted.Since, now) >= Window) _callers.Remove(caller);
        }
        if (_callers.Count >= mostCallers) _callers.Clear();
    }
}

/// <summary>How a caller stands with a quota.</summary>
/// <param name="Name">What is limited.</param>
/// <param name="Limit">Requests a minute.</param>
/// <param name="Remaining">What is left of them.</param>
/// <param name="Reset">When they are counted anew.</param>
/// <param name="IsExceeded">Whether this one was too many.</param>
internal readonly record struct QuotaState(string Name, int Limit, int Remaining, TimeSpan Reset, bool IsExceeded)
{
    public const string PolicyField = "RateLimit-Policy";
    public const string Field = "RateLimit";

    /// <summary>Tells the caller.</summary>
    public void Tell(HttpResponse response)
    {
        response.Headers[PolicyField] = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Limit};w=60");
        response.Headers[Field] = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r={Remaining};t={Math.Max(1, (int)Math.Ceiling(Reset.TotalSeconds))}");
    }
}

/// <summary>That requests to an endpoint are counted for the address they come from.</summary>
/// <param name="Name">By which quota.</param>
/// <param name="What">What there are too many of, in the sentence of a refusal.</param>
/// <param name="PerMinute">How many there may be.</param>
internal sealed record AddressQuota(string Name, string What, Func<IServiceProvider, int> PerMinute);

/// <summary>Puts quotas on endpoints and into force.</summary>
internal static class RequestQuotaExtensions
{
    /// <summary>Lets one address make so many requests a minute to these endpoints together.</summary>
    public static TBuilder WithAddressQuota<TBuilder>(this TBuilder builder, AddressQuota quota)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(quota);

    /// <summary>Has its place behind the routing, and before anything that costs.</summary>
    public static void UseAddressQuotas(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var quotas = new System.Collections.Concurrent.ConcurrentDictionary<string, RequestQuota>(StringComparer.Ordinal);
        app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<AddressQuota>() is not { } counted) return next(context);
            var quota = quotas.GetOrAdd(counted.Name, _ => new RequestQuota(counted.Name, () => counted.PerMinute(app.Services), clock));
            var state = quota.Take(context.Connection.RemoteIpAddress is { } address ? AddressNetwork.OfCustomer(address).ToString() : "");
            state.Tell(context.Response);
            return state.IsExceeded ? RefuseAsync(context, state, $"Too many {counted.What} from your address.") : next(context);
        });
    }

    /// <summary>Answers 429.</summary>
    public static Task RefuseAsync(HttpContext context, QuotaState state, string sentence) => Problems.WriteAsync(
        context, StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"{sentence} Try again in {Math.Max(1, Math.Ceiling(state.Reset.TotalSeconds))} s."), state.Reset);
}
