@NullMarked
package cloud.bevy.hyper.replication;

import org.jspecify.annotations.NullMarked;
