namespace Samples.Flights;

/// <summary>What is kept of any number of delays.</summary>
public struct Delays
{
    /// <summary>Minutes that a flight may leave late before it counts as delayed.</summary>
    public const int Allowed = 15;

    public int Count;
    public int Delayed;
    public int Max;
    public long Sum;

    public void Add(int minutes)
    {
        Max = Count == 0 ? minutes : Math.Max(Max, minutes);
        Sum += minutes;
        Delayed += minutes > Allowed ? 1 : 0;
        Count++;
    }

    public readonly double Mean => (double)Sum / Count;

    public readonly double DelayedShare => (double)Delayed / Count;
}
