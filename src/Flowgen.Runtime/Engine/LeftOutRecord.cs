namespace Flowgen.Runtime;

/// <summary>A record that was left out in an epoch.</summary>
/// <param name="Stage">The stage that cannot process it.</param>
/// <param name="Reason">Why, as in the metrics.</param>
/// <param name="Lost">What was known of it, where it was behind an exchange.</param>
internal readonly record struct LeftOutRecord(string Stage, string Reason, LostRecord? Lost);
