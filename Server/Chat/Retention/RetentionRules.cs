using KaiChat.Server.Storage;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat.Retention;

/// <summary>Which rule holds for which channel.</summary>
internal static class RetentionRules
{
    private const double BytesOfMegabyte = 1 << 20;

    /// <summary>The limits of a channel now; null if it keeps everything.</summary>
    public static RetentionLimits? LimitsOf(this RetentionOptions options, ChannelName channel, DateTimeOffset now)
    {
        var rule = Array.Find(options.Rules, rule => ChannelPattern.Fits(rule.Channels, channel));
        if (rule is null or { MaxAge: null, MaxMessages: null, MaxMegabytes: null }) return null;
        return new RetentionLimits(now - rule.MaxAge, rule.MaxMessages, (long?)(rule.MaxMegabytes * BytesOfMegabyte));
    }
}

/// <summary>What is wrong with the rules, each with its full key.</summary>
internal sealed class RetentionRulesCheck : IValidateOptions<RetentionOptions>
{
    private static readonly TimeSpan LeastAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostAge = TimeSpan.FromDays(36_500);

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var failures = options.Rules.SelectMany((rule, i) => Failures(rule, $"{RetentionOptions.Section}:{nameof(RetentionOptions.Rules)}:{i}")).ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(RetentionRule rule, string key)
    {
        if (ChannelPattern.FindFault(rule.Channels) is { } fault) yield return $"{key}:{nameof(rule.Channels)} {fault}";
        if (rule.MaxAge is { } age && (age < LeastAge || age > MostAge)) yield return $"{key}:{nameof(rule.MaxAge)} is {age}: it must be from 00:01:00 to 36500.00:00:00.";
        if (rule.MaxMessages < 0) yield return $"{key}:{nameof(rule.MaxMessages)} is {rule.MaxMessages}: it must be 0 or more.";
        if (rule.MaxMegabytes is not null and not (>= 0 and <= 1e9)) yield return $"{key}:{nameof(rule.MaxMegabytes)} is {rule.MaxMegabytes}: it must be from 0 to 1000000000.";
    }
}
