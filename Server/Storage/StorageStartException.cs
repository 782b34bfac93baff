namespace KaiChat.Server.Storage;

/// <summary>
/// The log cannot be opened, and only the operator can help: no SQLite, a directory that cannot be written or is in use, a damaged or newer
/// database. The message is one line for the operator that names the cause and the cure.
/// </summary>
internal sealed class StorageStartException(string message, Exception? inner = null) : Exception(message, inner);
