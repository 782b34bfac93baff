using System.Text.RegularExpressions;

namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// A message text of a server that answers each QUERY with one PDU: pending messages beyond the first are folded into it as lines of the form
/// <c>[name]&gt; text</c> (docs/protocols/kaichat.md, "QUERY and RECEIVE_MESSAGE"). A line of another form goes on with the author before it.
/// </summary>
internal static partial class FoldedText
{
    public static IEnumerable<(string Author, string Text)> Unfold(string author, string text)
    {
        var first = true;
        foreach (var line in text.Split('\n'))
        {
            var match = first ? null : Line().Match(line);
            first = false;
            if (match is { Success: true })
            {
                author = match.Groups["author"].Value;
                yield return (author, match.Groups["text"].Value);
            }
            else
            {
                yield return (author, line);
            }
        }
    }

    [GeneratedRegex(@"^\[(?<author>[^\]]{1,10})\]> (?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Line();
}
