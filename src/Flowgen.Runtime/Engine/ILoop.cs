namespace Flowgen.Runtime;

/// <summary>Repeats a step while there is something to do, and rests until it is woken while there is not. No wake is lost: who wakes a loop amid a step lets it take another one.</summary>
internal interface ILoop
{
    /// <summary>Takes the first step, and those that follow.</summary>
    void Start();

    /// <summary>Lets the loop look again. Called by anyone.</summary>
    void Wake();
}
