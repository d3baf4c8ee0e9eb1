@NullMarked
package cloud.bevy.hyper.store;

import org.jspecify.annotations.NullMarked;
