namespace KaiChat.NativeClient.Doctor;

/// <summary>What <c>kaichat doctor</c> tells its caller (docs/doctor.md, "Exit codes"; also in its <c>--help</c>). Scripts rely on the numbers.</summary>
internal enum DoctorExitCode
{
    /// <summary>Every rule that was seen was kept.</summary>
    Ok = 0,

    /// <summary>A rule was broken.</summary>
    Broken = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>There was nothing to examine: no client came, one came and said nothing that could be read, or the port cannot be used.</summary>
    Nothing = 3,
}
