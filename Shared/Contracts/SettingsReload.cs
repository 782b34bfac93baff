namespace KaiChat.Shared.Contracts;

/// <summary>What came of reading the server's settings again. If there are faults, nothing was applied.</summary>
/// <param name="Applied">Keys whose new values are in force, for what begins from now on.</param>
/// <param name="NeedsRestart">Keys whose new values are in force after the next start.</param>
/// <param name="Faults">What is wrong with the settings, each with its full key.</param>
public sealed record SettingsReload(IReadOnlyList<string> Applied, IReadOnlyList<string> NeedsRestart, IReadOnlyList<string> Faults);
