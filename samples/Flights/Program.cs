Console.WriteLine("Flowgen");
