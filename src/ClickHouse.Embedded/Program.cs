using ClickHouse.Embedded.Native;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: ClickHouse.Embedded LIBCHDB ENGINE-ARGUMENT…  (started by the server, which keeps its standard input open)");
    return 2;
}

Niceness.Apply();
return EngineHost.Run(args[0], args[1..]);
