namespace Flowgen.Log.Commits;

/// <summary>The threads of a log: one writes, one commits, and one writes back what is journaled.</summary>
internal sealed class CommitThreads : IDisposable
{
    private readonly Worker _writer;
    private readonly Worker _committer;
    private readonly Worker _writeBack;

    public CommitThreads(CommitPipeline pipeline)
    {
        _writer = new Worker("Flowgen log writer", pipeline.WriteNext);
        _committer = new Worker("Flowgen log committer", pipeline.CommitNext);
        _writeBack = new Worker("Flowgen log write-back", pipeline.WriteBackNext);
        pipeline.WriteWanted = _writer.Wake;
        pipeline.CommitWanted = _committer.Wake;
        pipeline.WriteBackWanted = _writeBack.Wake;
    }

    /// <summary>Ends them when everything that was submitted is committed.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _committer.Dispose();
        _writeBack.Dispose();
    }

    /// <summary>A thread that repeats a step as long as there is something to do, and otherwise sleeps until it is woken.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly object _gate = new();
        private readonly Func<bool> _step;
        private readonly Thread _thread;
        private bool _isWanted;
        private volatile bool _stopping;

        public Worker(string name, Func<bool> step)
        {
            _step = step;
            _thread = new Thread(Run) { Name = name, IsBackground = true };
            _thread.Start();
        }

        /// <summary>Without effect on a thread that has ended: another thread of the log, or who has submitted just before, may come after its end.</summary>
        public void Wake()
        {
            lock (_gate)
            {
                if (_isWanted)
                    return;
                _isWanted = true;
                Monitor.Pulse(_gate);
            }
        }

        public void Dispose()
        {
            _stopping = true;
            Wake();
            _thread.Join();
        }

        private void Run()
        {
            while (true)
            {
                bool stopping = _stopping; // read before the step: what came before the stop is still done
                if (_step())
                    continue;
                if (stopping)
                    return;
                WaitUntilWanted();
            }
        }

        private void WaitUntilWanted()
        {
            lock (_gate)
            {
                while (!_isWanted)
                    Monitor.Wait(_gate);
                _isWanted = false;
            }
        }
    }
}
