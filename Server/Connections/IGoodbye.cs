namespace KaiChat.Server.Connections;

/// <summary>A front-end that tells its clients when the server stops.</summary>
internal interface IGoodbye
{
    /// <summary>Tells all clients; does not wait for them.</summary>
    void SayGoodbye();
}
