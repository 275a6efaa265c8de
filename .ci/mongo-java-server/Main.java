import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** A server of the MongoDB protocol on a free loopback port, in memory; prints its URI, and ends with its input. */
public class Main {
  /** What it announces of itself is too old for the driver; what is asked of it here it can do. */
  private static final class Version implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  }

  public static void main(String[] arguments) throws Exception {
    MemoryBackend backend = new MemoryBackend();
    backend.version(new Version());
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", 0);
    System.out.println(
        "mongodb://127.0.0.1:" + server.getLocalAddress().getPort() + "/?directConnection=true&retryWrites=false");
    while (System.in.read() >= 0) {}
    server.shutdownNow();
  }
}
