Console.WriteLine("gates");
