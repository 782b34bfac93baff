using KaiChat.Server.Chat;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>What is wrong with the rules of <see cref="KaiChatOptions.Changes"/>, each with its full key.</summary>
internal sealed class KaiChangeRulesCheck : IValidateOptions<KaiChatOptions>
{
    public ValidateOptionsResult Validate(string? name, KaiChatOptions options)
    {
        var failures = options.Changes.SelectMany((rule, i) => Failures(rule, $"{KaiChatOptions.Section}:{nameof(KaiChatOptions.Changes)}:{i}")).ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(KaiChangeRule rule, string key)
    {
        if (ChannelPattern.FindFault(rule.Channels) is { } fault) yield return $"{key}:{nameof(rule.Channels)} {fault}";
        foreach (var (word, notice) in new[] { (nameof(rule.Edits), rule.Edits), (nameof(rule.Deletions), rule.Deletions), (nameof(rule.Reactions), rule.Reactions) })
        {
            if (!Enum.IsDefined(notice)) yield return $"{key}:{word} is {notice}: it must be Silent or Note.";
        }
    }
}
