namespace KaiChat.NativeClient;

/// <summary>An end that is nobody's bug: shown as one line, without a stack trace.</summary>
/// <param name="exitCode">What the caller is told.</param>
/// <param name="message">The line, a whole sentence.</param>
/// <param name="cause">What it rests on, if anything.</param>
internal sealed class KaiClientException(ExitCode exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode ExitCode { get; } = exitCode;
}
