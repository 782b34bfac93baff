using System.Net;

namespace KaiChat.NativeClient.Doctor;

/// <summary>A command line that makes sense.</summary>
/// <param name="Listen">Where clients are awaited.</param>
/// <param name="Sessions">How many clients are examined, one after the other.</param>
/// <param name="Timeout">How long one is awaited, and how long a session may take.</param>
/// <param name="Script">Nobody is there to be told what to do next.</param>
/// <param name="Json">One JSON object a session, and nothing else on the output.</param>
/// <param name="Hex">Show the bytes of each PDU.</param>
internal sealed record DoctorRequest(IPEndPoint Listen, int Sessions, TimeSpan Timeout, bool Script, bool Json, bool Hex);
