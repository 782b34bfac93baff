namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>A test that waits for something that never comes fails instead of hanging. Nothing waits this long when all is well.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task OrFail(this Task task) => task.WaitAsync(Limit);

    public static Task<T> OrFail<T>(this Task<T> task) => task.WaitAsync(Limit);
}
