namespace KaiChat.Server.Storage.Backup;

/// <summary>How far a long work is.</summary>
/// <param name="Stage">What is being done, in a word or two: <c>copying</c>.</param>
/// <param name="Step">Which of the stages this is, from 0.</param>
/// <param name="Steps">How many stages there are.</param>
/// <param name="Done">Bytes of this stage that are done.</param>
/// <param name="Total">Bytes of this stage.</param>
internal readonly record struct WorkProgress(string Stage, int Step, int Steps, long Done, long Total)
{
    /// <summary>The share of the whole work that is done, 0 to 1; every stage counts the same.</summary>
    public double Fraction => Math.Clamp((Step + (Total > 0 ? Math.Min(1, (double)Done / Total) : 0)) / Steps, 0, 1);
}

/// <summary>Hands out progress by stage.</summary>
internal sealed class Stages(IProgress<WorkProgress>? progress, params string[] names)
{
    /// <summary>Reports of one stage.</summary>
    public Action<long, long> Of(string name)
    {
        var step = Array.IndexOf(names, name);
        return (done, total) => progress?.Report(new WorkProgress(name, step, names.Length, done, total));
    }
}
