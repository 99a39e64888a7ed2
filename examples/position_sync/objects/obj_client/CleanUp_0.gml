buffer_delete(buffer);
