package cloud.bevy.services.tables;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/// The buffers that JSON is read and written in. Each request has a thread of its own, so what is
/// kept by thread is made anew for each: some 30 KiB. These are kept for whoever comes next.
public final class JsonBuffers {
  /// How many are kept; whoever finds none makes one.
  private static final int MOST = 16;

  /// Where they are kept.
  public static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newBoundedPool(MOST);

  private JsonBuffers() {}
}
