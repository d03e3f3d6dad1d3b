using System.Diagnostics;

namespace Flowgen.Benchmarks.State;

/// <summary>A change of one account: the records behind the state of millions of keys.</summary>
[Topic("changes")]
public readonly record struct Change([Key] long Account, long Amount);

/// <summary>What is kept for each account: with its key 32 bytes.</summary>
[State]
public struct Balance
{
    /// <summary>The sum of all changes.</summary>
    public long Sum { get; set; }

    /// <summary>Number of changes.</summary>
    public long Changes { get; set; }

    /// <summary>The last change.</summary>
    public long Last { get; set; }
}

/// <summary>Accounts that were overdrawn: never, so that only state is written.</summary>
[Topic("overdrafts")]
public readonly record struct Overdraft([Key] long Account, long Sum);

/// <summary>Keeps a balance for each account.</summary>
[Stage("balances"), From<Change>, To<Overdraft>]
public sealed partial class Balances
{
    [Process]
    private static void Apply(in Change change, ref Balance balance, Out<Overdraft> overdrafts)
    {
        Stream.Note();
        balance.Sum += change.Amount;
        balance.Changes++;
        balance.Last = change.Amount;
        if (balance.Sum < 0) overdrafts.Emit(new Overdraft(change.Account, balance.Sum));
    }
}

/// <summary>The app.</summary>
[FlowApp("state", CommitEvery = "100ms"), Include<Balances>]
public sealed partial class StateApp;

/// <summary>How long the records of a worker have stood still.</summary>
internal static class Stream
{
    [ThreadStatic]
    private static long _last;

    private static long _longest;

    /// <summary>The longest stop since the last reset.</summary>
    public static TimeSpan Longest => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _longest));

    /// <summary>Whether stops are measured: while records come without a break.</summary>
    public static bool IsOn { get; set; }

    /// <summary>Forgets.</summary>
    public static void Reset() => Volatile.Write(ref _longest, 0);

    /// <summary>A record is processed.</summary>
    public static void Note()
    {
        long now = Stopwatch.GetTimestamp();
        if (_last != 0 && IsOn) NoteStop(now - _last);
        _last = IsOn ? now : 0;
    }

    private static void NoteStop(long stop)
    {
        long longest = Volatile.Read(ref _longest);
        while (stop > longest)
        {
            long seen = Interlocked.CompareExchange(ref _longest, stop, longest);
            if (seen == longest) return;
            longest = seen;
        }
    }
}
