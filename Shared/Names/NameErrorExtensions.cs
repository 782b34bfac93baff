namespace KaiChat.Shared.Names;

/// <summary>The sentences people read when a name breaks a rule: the same on every front-end, ASCII so that native clients can show them.</summary>
public static class NameErrorExtensions
{
    /// <summary>What is wrong with a username and what would be right, in one sentence.</summary>
    public static string DescribeUsername(this NameError error) => error switch
    {
        NameError.Missing => "A username is missing: choose 1 to 10 letters, digits or signs.",
        NameError.TooLong => "The username is too long: it may have at most 10 characters.",
        NameError.NotPrintableAscii => "The username has a character that not every client can show: use letters a-z, digits and plain signs.",
        NameError.SpaceAtEnd => "The username begins or ends with a space.",
        NameError.StartsWithAt => "The username starts with @, which is kept for channels.",
        NameError.Reserved => "The username SERVER is reserved.",
        _ => "The username is not valid.",
    };

    /// <summary>What is wrong with a channel name and what would be right, in one sentence.</summary>
    public static string DescribeChannel(this NameError error) => error switch
    {
        NameError.Missing => "A channel name is missing: it is @ and 1 to 49 more characters, like @general.",
        NameError.TooLong => "The channel name is too long: with its @ it may have at most 50 characters.",
        NameError.MissingAt => "A channel name starts with @, like @general.",
        NameError.ContainsSpace => "A channel name has no spaces.",
        NameError.NotPrintableAscii => "The channel name has a character that not every client can show: use letters a-z, digits and plain signs.",
        _ => "The channel name is not valid.",
    };
}
