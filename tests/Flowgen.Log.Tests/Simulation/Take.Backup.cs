namespace Flowgen.Log.Tests.Simulation;

/// <content>Steps of people who look after a log.</content>
internal static partial class Take
{
    /// <summary>The log is backed up, and a transaction is committed while its files are copied.</summary>
    public static Step Backup(string directory, TransactionContent meanwhile) => new(
        $"back up to {directory}",
        run =>
        {
            bool isCommitted = false;
            run.Disk.DuringSync = path =>
            {
                if (isCommitted || !path.StartsWith(directory, StringComparison.Ordinal))
                    return;
                isCommitted = true;
                run.Settle(meanwhile.Submit(run.Log));
            };
            var backup = run.Log.BackupAsync(directory);
            Task.WhenAny(backup).GetAwaiter().GetResult();
            run.Disk.DuringSync = _ => { };
            if (!isCommitted)
                run.Settle(backup); // it failed before
            run.Settle(backup);
        },
        model => model.CommitDuringBackup(meanwhile.Effect),
        model => model.EndBackup(directory));
}
