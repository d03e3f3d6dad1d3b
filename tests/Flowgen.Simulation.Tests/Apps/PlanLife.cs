using Flowgen.TestKit.Simulation;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>One run of the app, and what ends it.</summary>
/// <param name="Ending">What ends it.</param>
/// <param name="Workers">Number of workers.</param>
/// <param name="Steps">Steps until it is stopped or killed, operations of the disk until it crashes or fails, or pages until it is full.</param>
/// <param name="IsBounded">Whether it ends by itself, with the end of time, if all input is there.</param>
/// <param name="Loss">What a crash does.</param>
/// <param name="Fault">How the disk fails.</param>
/// <param name="StopsAtPoison">Whether poison ends it, too.</param>
/// <param name="RoomAfter">Steps after which a full disk has room again, and the app goes on by itself.</param>
internal sealed record PlanLife(LifeEnding Ending, int Workers, int Steps, bool IsBounded, Loss Loss, FaultKind Fault, bool StopsAtPoison, int RoomAfter);

/// <summary>What ends a run of the app.</summary>
internal enum LifeEnding
{
    /// <summary>The app is stopped; the log stays open.</summary>
    Stop,

    /// <summary>The app is stopped and the log is closed.</summary>
    Close,

    /// <summary>The process dies.</summary>
    Kill,

    /// <summary>The machine loses its power amid an operation of the disk.</summary>
    Crash,

    /// <summary>An operation of the disk fails.</summary>
    Fault,

    /// <summary>The disk is full.</summary>
    Full,
}
