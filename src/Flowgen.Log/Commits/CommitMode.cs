namespace Flowgen.Log.Commits;

/// <summary>Who does the work of commits. Everything but threads is for tests that decide themselves what happens when.</summary>
internal enum CommitMode
{
    /// <summary>Two threads of the log.</summary>
    Threads,

    /// <summary>The caller, at once.</summary>
    Inline,

    /// <summary>Nobody: the test takes each step itself.</summary>
    Manual,
}
