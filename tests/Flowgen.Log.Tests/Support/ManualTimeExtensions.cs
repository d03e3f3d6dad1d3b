namespace Flowgen.Log.Tests.Support;

/// <summary>Lets the clock go on, not much faster than a real one, while something happens on a real disk.</summary>
internal static class ManualTimeExtensions
{
    public static async Task<T> Until<T>(this ManualTime time, Task<T> task)
    {
        await time.Until((Task)task);
        return await task;
    }

    public static async Task Until(this ManualTime time, Task task)
    {
        while (!task.IsCompleted)
            await time.Tick(TimeSpan.FromMilliseconds(10));
        await task;
    }

    public static async Task Tick(this ManualTime time, TimeSpan step)
    {
        time.Advance(step);
        await Task.Delay(1);
    }
}
