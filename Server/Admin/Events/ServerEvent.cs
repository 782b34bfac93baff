namespace KaiChat.Server.Admin.Events;

/// <summary>An event as everybody gets it, encoded once.</summary>
/// <param name="Number">Its place in its ring, from 1.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Name">What happened.</param>
/// <param name="Data">JSON in UTF-8, one line.</param>
internal sealed record ServerEvent(long Number, string Topic, string Name, byte[] Data);
