//! What only a file can suffer: several writers, damage, no space, no permission, another program's bytes.
